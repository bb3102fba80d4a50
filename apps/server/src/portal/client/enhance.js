// Comforts only: every page works without this file. It sends nothing anywhere.
(() => {
  'use strict';
  const doc = document;
  const put = (text, name, value) => text.replace(`{${name}}`, String(value));

  // The text area counts down; it is announced when typing pauses, not at every key.
  for (const area of doc.querySelectorAll('textarea[data-most]')) {
    const counter = doc.getElementById(area.dataset.count);
    const most = Number(area.dataset.most);
    let pause;
    const show = () => {
      const left = most - area.value.length;
      counter.textContent =
        left >= 0 ? put(counter.dataset.left, 'left', left) : put(counter.dataset.over, 'over', -left);
      counter.classList.toggle('is-over', left < 0);
      counter.removeAttribute('aria-live');
      clearTimeout(pause);
      pause = setTimeout(() => counter.setAttribute('aria-live', 'polite'), 900);
    };
    area.addEventListener('input', show);
    if (area.value) show();
  }

  // What was typed stays on this phone until it has been received (a lost line loses no input).
  const form = doc.querySelector('form[data-draft]');
  const keyOf = (name) => `lx-draft:${name}`;
  const keep = (key, value) => {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      // A browser that keeps nothing loses only the comfort.
    }
  };
  const kept = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? 'null');
    } catch {
      return null;
    }
  };
  const fieldsOf = (node) =>
    [...node.elements].filter((field) => field.name && !['hidden', 'file', 'submit', 'button'].includes(field.type));
  if (form) {
    const key = keyOf(form.dataset.draft);
    const fields = fieldsOf(form);
    const isChoice = (field) => field.type === 'radio' || field.type === 'checkbox';
    const untouched = fields.every((field) => (isChoice(field) ? !field.checked : field.value === ''));
    const draft = kept(key);
    if (untouched && draft) {
      for (const field of fields) {
        const values = draft[field.name];
        if (!Array.isArray(values)) continue;
        if (isChoice(field)) field.checked = values.includes(field.value);
        else field.value = values[0] ?? '';
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
      const notice = doc.getElementById('draft-notice');
      if (notice) notice.hidden = false;
    }
    form.addEventListener('input', () => {
      const draftNow = {};
      for (const field of fields) {
        if (isChoice(field) && !field.checked) continue;
        (draftNow[field.name] ??= []).push(field.value);
      }
      keep(key, JSON.stringify(draftNow));
    });
    const forget = doc.getElementById('draft-forget');
    forget?.addEventListener('click', () => {
      keep(key, null);
      form.reset();
      doc.getElementById('draft-notice').hidden = true;
    });
  }
  // The page that confirms receipt names the draft that is no longer needed.
  const received = doc.querySelector('[data-draft-received]');
  if (received) keep(keyOf(received.dataset.draftReceived), null);

  // A preview of the chosen photo, drawn on the phone itself.
  for (const file of doc.querySelectorAll('input[type=file][data-preview]')) {
    const preview = doc.getElementById(file.dataset.preview);
    file.addEventListener('change', () => {
      preview.replaceChildren();
      const [chosen] = file.files;
      preview.hidden = !chosen;
      if (!chosen || !chosen.type.startsWith('image/')) return;
      const image = doc.createElement('img');
      image.alt = preview.dataset.words;
      image.src = URL.createObjectURL(chosen);
      image.addEventListener('load', () => URL.revokeObjectURL(image.src), { once: true });
      preview.append(image);
    });
  }

  // Copy the receipt code; the button exists only where it can work.
  const code = doc.getElementById('receipt-code');
  if (code && navigator.clipboard) {
    const button = doc.createElement('button');
    button.type = 'button';
    button.className = 'copy-button';
    button.textContent = code.dataset.copyWords;
    button.addEventListener('click', () => {
      void navigator.clipboard.writeText(code.textContent.trim()).then(() => {
        button.textContent = code.dataset.copiedWords;
        button.setAttribute('role', 'status');
      });
    });
    code.after(button);
  }
  for (const button of doc.querySelectorAll('button[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }

  // After a refusal the summary takes the focus, so that a screen reader starts there.
  doc.getElementById('error-summary')?.focus();

  // One press sends once; the server would answer a second press with the same receipt anyway.
  for (const node of doc.querySelectorAll('form[method=post]')) {
    node.addEventListener('submit', (event) => {
      if (node.dataset.sent) event.preventDefault();
      node.dataset.sent = 'yes';
      setTimeout(() => delete node.dataset.sent, 8000);
    });
  }
})();
