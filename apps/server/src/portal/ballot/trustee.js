import { toBase64Url } from '@lianxin/domain';
import { publicOf } from './x25519.js';

/* The trustee's page 监票人页: makes a key on this phone; nothing of it is sent. */

const element = (id) => document.getElementById(id);

element('make').addEventListener('click', () => {
  const privateKey = crypto.getRandomValues(new Uint8Array(32));
  element('public').textContent = toBase64Url(publicOf(privateKey));
  element('private').textContent = toBase64Url(privateKey);
  element('made').hidden = false;
  element('make').hidden = true;
});
