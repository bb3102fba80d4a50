import { useEffect } from 'react';

/** Shows the part of a page that the address names (定位), once it is there: when the router looked for it, it was still being read. */
export function useArriveAt(id: string): void {
  useEffect(() => {
    if (location.hash === `#${id}`) document.getElementById(id)?.scrollIntoView();
  }, [id]);
}
