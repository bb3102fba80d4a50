import type { CardView, readCardRoute } from '@lianxin/contract';
import { call } from '../../app/call.js';

/** The running card of a household as the server has it; every reading is written down there. */
export const readCard = async (household: string): Promise<CardView | null> =>
  (await call<typeof readCardRoute>('get', '/api/households/{id}/card', { params: { id: household } })).card;
