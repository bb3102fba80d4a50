import { describe, expect, it } from 'vitest';
import { examplesOf, toDocument, whatIsWrong } from '../component-check.js';
import { FileUpload } from './file-upload.js';
import type { FileUploadProps } from './file-upload.js';

describe('file-upload', () => {
  for (const { name, props } of examplesOf<FileUploadProps>('file-upload')) {
    it(`renders the example ${name} soundly`, () => {
      expect(whatIsWrong(<FileUpload {...props} />)).toEqual([]);
    });
  }

  it('says that a photo from an earlier try is still there', () => {
    const kept = { words: '照片已收到', name: 'kept', value: 'abc' };
    const document = toDocument(
      <FileUpload id="p" name="p" label="照片" accept="image/*" previewWords="照片" kept={kept} />,
    );
    expect(document.querySelector('input[type=hidden]')?.getAttribute('value')).toBe('abc');
    expect(document.body.textContent).toContain('照片已收到');
  });
});
