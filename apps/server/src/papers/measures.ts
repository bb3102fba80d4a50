/**
 * The measures of an official paper (GB/T 9704-2012), in millimetres and points; both the docx and the print are laid out from here.
 */
export const page = { width: 210, height: 297 } as const;
/** The type area 版心 and the two margins that place it on the page. */
export const typeArea = { top: 37, left: 28, width: 156, height: 225 } as const;
/** How many lines, and how many characters a line, fill the type area. */
export const grid = { lines: 22, characters: 28 } as const;
/** The page number stands this far below the type area. */
export const pageNumberBelow = 7;

/** Chinese type sizes 字号 as word processors know them, in points. */
export const size = { title: 22, body: 16, table: 12, pageNumber: 14 } as const;

/**
 * 三号 in print. Word processors round it up to 16 points, of which 28 do not fit into 156 mm; the size itself is 15.75 points, and
 * 28 of those do.
 */
export const bodyInPrint = 15.75;

const millimetresInAnInch = 25.4;

export const points = (millimetres: number): number => (millimetres / millimetresInAnInch) * 72;
/** Twentieths of a point, the unit of a docx. */
export const twips = (millimetres: number): number => Math.round(points(millimetres) * 20);
/** From one line to the next, in points. */
export const linePitch = points(typeArea.height) / grid.lines;

export const right = page.width - typeArea.left - typeArea.width;
export const bottom = page.height - typeArea.top - typeArea.height;
