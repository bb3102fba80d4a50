import type { FC } from 'hono/jsx';
import { describedBy, Field } from '../field/field.js';

export interface FileUploadProps {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly accept: string;
  readonly optional?: string | undefined;
  /** A photo already received with an earlier try, so that it need not be chosen again. */
  readonly kept?: { readonly words: string; readonly name: string; readonly value: string } | undefined;
  /** What the preview says to a screen reader once a photo is chosen; shown only where the script runs. */
  readonly previewWords: string;
}

/** File upload 上传照片: a plain file box, which every phone turns into camera or album; the preview is an extra of the script. */
export const FileUpload: FC<FileUploadProps> = (props) => {
  const { id, name, label, hint, error, accept, optional, kept, previewWords } = props;
  return (
    <Field id={id} label={label} optional={optional} hint={hint} error={error}>
      {kept ? (
        <p class="file-kept">
          <input type="hidden" name={kept.name} value={kept.value} />
          {kept.words}
        </p>
      ) : null}
      <input
        class="file-upload"
        id={id}
        name={name}
        type="file"
        accept={accept}
        data-preview={`${id}-preview`}
        aria-describedby={describedBy(id, { hint, error })}
        aria-invalid={error ? 'true' : undefined}
      />
      <div class="file-preview" id={`${id}-preview`} data-words={previewWords} hidden />
    </Field>
  );
};
