import type { EffectHandler } from '../effects/handler.js';

/**
 * Telling a resident that something happened on his matter (告知提出人). The tracking page is the channel that every resident has, and it shows the act from the
 * moment it is committed; no message leaves this server until an operator connects a gateway, so nothing here claims to have sent one.
 * What is done is noted for the operator, without a person's data; doing it twice is harmless.
 */
export const tellResident: EffectHandler = {
  effect: 'tell-resident',
  carryOut: async (deps, { id, act }) => {
    deps.log('info', 'resident-told-by-tracking-page', { effect: id, act });
  },
};
