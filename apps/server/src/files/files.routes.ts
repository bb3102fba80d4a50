import { Readable } from 'node:stream';
import { addFileRoute, readFileRoute } from '@lianxin/contract';
import { fault } from '@lianxin/domain';
import { actorOf } from '../access/index.js';
import type { Deps } from '../deps.js';
import { answerWith, refuseWith } from '../http/answer.js';
import { commandIdOf } from '../http/command-id.js';
import type { App } from '../http/environment.js';
import { addFile, filesFolder } from './add-file.js';
import { openFile } from './file-folder.js';
import { findReadableFile } from './read-file.js';

/** Sending and fetching attachments. */
export const filesRoutes = (app: App, deps: Deps): void => {
  app.openapi(addFileRoute, async (c) => {
    const actor = await actorOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    const commandId = commandIdOf(c);
    if (!commandId.ok) return refuseWith(c, commandId.faults);
    const { division, file } = c.req.valid('form');
    if (!(file instanceof File)) return refuseWith(c, [fault('field-missing', { field: 'file' })]);
    const given = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
    return answerWith(c, await addFile(deps, actor.value, commandId.value, division, given));
  });

  app.openapi(readFileRoute, async (c) => {
    const actor = await actorOf(deps, c);
    if (!actor.ok) return refuseWith(c, actor.faults);
    const found = await findReadableFile(deps, actor.value, c.req.valid('param').file);
    if (!found.ok) return refuseWith(c, found.faults);
    const file = found.value;
    const content = await openFile(filesFolder(deps), actor.value.context.county, file.sha256);
    if (content === undefined) return refuseWith(c, [fault('not-found')]);
    // Pictures may be shown; anything else is only ever saved, never opened in our name.
    const how = file.media_type.startsWith('image/') ? 'inline' : 'attachment';
    c.header('content-type', file.media_type);
    c.header('content-length', String(content.size));
    c.header('content-disposition', `${how}; filename*=UTF-8''${encodeURIComponent(file.name)}`);
    c.header('cache-control', 'private, max-age=3600');
    return c.body(Readable.toWeb(content.stream) as ReadableStream);
  });
};
