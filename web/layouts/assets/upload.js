// Sends files straight to the bucket, several at once and with a bar each. Without this file the form below it does the
// same for one file on a page of its own, and every upload has that page in any case.

const MINUTES = 60_000;
/** A permission to send holds a quarter of an hour; a little earlier nobody begins under it any more. */
const PERMITTED_FOR = 14 * MINUTES;
const SECONDS_TO_ARRIVE = 30;
const SECONDS_BETWEEN_LOOKS = 2;

/** A UUID of version 7, as the server makes them: later ones sort after earlier ones. */
const newId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const time = Date.now().toString(16).padStart(12, '0');
  for (let at = 0; at < 6; at += 1) bytes[at] = Number.parseInt(time.slice(2 * at, 2 * at + 2), 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
};

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

const pageOf = async (response) => new DOMParser().parseFromString(await response.text(), 'text/html');

const stateOn = (page) => page.querySelector('[data-upload-state]')?.dataset.uploadState;

/** What a page of errors says first. */
const complaintOn = (page) =>
  (page.querySelector('.govuk-error-summary__list') ?? page.querySelector('h1'))?.textContent.trim() ?? '';

/** Why a file is not even begun with, as the name of a sentence; null when it may be sent. */
const faultOf = (file, { mostBytes, extensions }) => {
  const extension = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
  if (!Object.hasOwn(extensions, extension)) return 'type';
  if (file.size > mostBytes) return 'large';
  return file.size === 0 ? 'empty' : null;
};

/** Sends the form that the page of the upload holds, with the file. Answers `sent`, `unsure` or `failed`. */
const sendFile = (form, file, onProgress) =>
  new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let isAllSent = false;
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded / total));
    request.upload.addEventListener('load', () => {
      isAllSent = true;
    });
    request.addEventListener('load', () =>
      resolve(request.status >= 200 && request.status < 300 ? 'sent' : 'failed'),
    );
    // The line was lost after the last byte: it may have arrived.
    request.addEventListener('error', () => resolve(isAllSent ? 'unsure' : 'failed'));
    request.addEventListener('abort', () => resolve('failed'));
    request.open('POST', form.getAttribute('action'));
    const data = new FormData();
    for (const { name, value } of form.querySelectorAll('input[type=hidden]')) data.append(name, value);
    data.append('file', file);
    request.send(data);
  });

/** Waits until the service was told that the file is there. */
const hasArrived = async (address) => {
  for (let waited = 0; waited < SECONDS_TO_ARRIVE; waited += SECONDS_BETWEEN_LOOKS) {
    await pause(SECONDS_BETWEEN_LOOKS);
    const response = await fetch(address).catch(() => null);
    const state = response?.ok ? stateOn(await pageOf(response)) : undefined;
    if (state !== undefined && state !== 'expected' && state !== 'expired') return true;
  }
  return false;
};

const start = (root, plain) => {
  const list = root.querySelector('[data-upload-list]');
  const news = root.querySelector('[data-upload-news]');
  const template = root.querySelector('[data-upload-row]');
  const input = root.querySelector('input[type=file]');
  const limits = {
    mostBytes: Number(root.dataset.mostBytes),
    extensions: JSON.parse(root.dataset.extensions),
  };
  let sending = 0;
  let queue = Promise.resolve();

  const sentence = (name, values) =>
    (root.dataset[`text${name[0].toUpperCase()}${name.slice(1)}`] ?? '').replace(
      /%\{(\w+)\}/g,
      (_, key) => values[key] ?? '',
    );

  const addRow = (file) => {
    const element = template.content.firstElementChild.cloneNode(true);
    const parts = Object.fromEntries(
      [...element.querySelectorAll('[data-part]')].map((part) => [part.dataset.part, part]),
    );
    parts.name.textContent = file.name;
    parts.name.id = `upload-${list.children.length + 1}`;
    parts.bar.setAttribute('aria-labelledby', parts.name.id);
    parts.retry.setAttribute('aria-describedby', parts.name.id);
    parts.page.setAttribute('aria-describedby', parts.name.id);
    list.append(element);
    return { file, parts, id: null, permittedAt: 0 };
  };

  /** Says something in the row, and to whoever hears the page. */
  const say = ({ file, parts }, name, values = {}) => {
    const words = sentence(name, values);
    parts.said.textContent = words;
    news.textContent = sentence('news', { name: file.name, words });
  };

  /** A fresh form for the same upload, or for a new one when the permission of that is over. */
  const askForForm = async (row) => {
    if (row.id === null || Date.now() - row.permittedAt > PERMITTED_FOR) row.id = newId();
    row.permittedAt = Date.now();
    const extension = /\.([^.]+)$/.exec(row.file.name)[1].toLowerCase();
    const fields = new URLSearchParams(new FormData(plain));
    fields.set('id', row.id);
    fields.set('name', row.file.name);
    fields.set('by', 'script');
    fields.set('type', limits.extensions[extension]);
    const response = await fetch(plain.action, { method: 'POST', body: fields });
    const page = await pageOf(response);
    if (!response.ok) throw new Error(complaintOn(page));
    row.address = new URL(response.url).pathname;
    row.parts.page.href = row.address;
    row.parts.describe.href = `${row.address}/describe`;
    row.parts.ways.hidden = false;
    return { form: page.querySelector('form[data-upload-form]'), state: stateOn(page) };
  };

  const fail = (row, name, values) => {
    say(row, name, values);
    row.parts.bar.hidden = true;
    row.parts.retry.hidden = false;
  };

  const finish = (row, name) => {
    say(row, name);
    row.parts.bar.value = 100;
    row.parts.describe.hidden = root.dataset.one === 'yes';
  };

  /** The bar moves all the time; only half the way is worth a word to whoever hears the page. */
  const follow = (row) => {
    let isHalf = false;
    return (part) => {
      const percent = Math.floor(part * 100);
      row.parts.bar.value = percent;
      if (percent < 50 || isHalf) row.parts.said.textContent = sentence('percent', { percent });
      else say(row, 'percent', { percent });
      isHalf ||= percent >= 50;
    };
  };

  const send = async (row) => {
    row.parts.retry.hidden = true;
    row.parts.bar.hidden = false;
    row.parts.bar.value = 0;
    say(row, 'started');
    try {
      const { form, state } = await askForForm(row);
      // It had arrived, though the browser was not told.
      if (!form && state !== 'expected' && state !== 'expired') return finish(row, 'done');
      if (!form) return fail(row, 'failed');
      const outcome = await sendFile(form, row.file, follow(row));
      if (outcome === 'failed') return fail(row, 'failed');
      say(row, 'arriving');
      return (await hasArrived(row.address)) ? finish(row, 'done') : fail(row, 'unsure');
    } catch (error) {
      // A TypeError is how fetch says that the line is down.
      if (error instanceof TypeError || error.message === '') fail(row, 'failed');
      else fail(row, 'refused', { why: error.message });
    }
    return undefined;
  };

  /** One after the other: on a slow line several at once would all be late. */
  const enqueue = (row) => {
    sending += 1;
    row.parts.said.textContent = sentence('waiting', {});
    row.parts.retry.hidden = true;
    queue = queue
      .then(() => send(row))
      .finally(() => {
        sending -= 1;
      });
  };

  input.addEventListener('change', () => {
    for (const file of input.files) {
      const row = addRow(file);
      const fault = faultOf(file, limits);
      row.parts.retry.addEventListener('click', () => {
        // The button goes away: the focus must not.
        row.parts.name.tabIndex = -1;
        row.parts.name.focus();
        enqueue(row);
      });
      if (fault === null) enqueue(row);
      else {
        say(row, fault);
        row.parts.bar.hidden = true;
      }
    }
    input.value = '';
  });

  window.addEventListener('beforeunload', (event) => {
    if (sending > 0) event.preventDefault();
  });

  root.hidden = false;
  plain.hidden = true;
};

const root = document.querySelector('[data-upload]');
const plain = document.querySelector('[data-upload-plain]');
// A form that is shown again with errors was sent without this script, and is left as it is.
if (root && plain && !document.querySelector('.govuk-error-summary')) start(root, plain);
