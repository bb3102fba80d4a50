import type { Feature } from '../http/feature.js';
import { filesRoutes } from './files.routes.js';

export { addFile, checkFile, filesFolder, type FileSender, type GivenFile } from './add-file.js';
export { contentHash, keepFile, openFile } from './file-folder.js';
export { attachFile, insertFile, listFileUses, type FileRow, type FileUse } from './file.store.js';
export { findReadableFile, whoMayReadFilesOf, type MayRead } from './read-file.js';

/** Attachments. */
export const filesFeature: Feature = { name: 'files', routes: filesRoutes };
