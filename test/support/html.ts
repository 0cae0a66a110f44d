import { type DefaultTreeAdapterTypes, parse, defaultTreeAdapter as tree } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;
type Matches = (element: Element) => boolean;

/** A form as a browser without scripts sees it. */
export interface Form {
  readonly method: 'GET' | 'POST';
  /** As written; undefined when the form is sent to the page's own address. */
  readonly action: string | undefined;
  /** What would be sent if nothing was changed: hidden fields, what was typed, what is chosen. */
  readonly values: readonly (readonly [name: string, value: string])[];
  /** Every name that something can be filled in for. */
  readonly names: ReadonlySet<string>;
}

/** A page as it was sent, read by the rules of HTML. */
export interface Html {
  readonly title: string;
  readonly heading: string;
  /** All text of the main part, with blanks as they are. */
  readonly text: string;
  readonly forms: readonly Form[];
  readonly links: readonly { readonly text: string; readonly href: string }[];
  /** The text of each element that has this class. */
  byClass(name: string): readonly string[];
  /** The names of all elements, each once. */
  readonly elements: ReadonlySet<string>;
  /** Every attribute of every element, as `name` and `value`. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /** What the error summary says, with the field that each sentence leads to. */
  readonly errors: readonly { readonly text: string; readonly field: string }[];
}

export function readHtml(source: string): Html {
  const document = parse(source);
  const all = [...elementsOf(document)];
  const byTag = (name: string) => all.filter(({ tagName }) => tagName === name);
  const main = byTag('main')[0];
  return {
    title: oneLine(byTag('title')[0]),
    heading: oneLine(byTag('h1')[0]),
    text: main ? textOf(main) : textOf(document),
    forms: byTag('form').map(readForm),
    links: byTag('a').flatMap((link) => {
      const href = attribute(link, 'href');
      return href === undefined ? [] : [{ text: oneLine(link), href }];
    }),
    byClass: (name) => all.filter(hasClass(name)).map(textOf),
    elements: new Set(all.map(({ tagName }) => tagName)),
    attributes: all.flatMap(({ attrs }) => attrs.map(({ name, value }) => [name, value] as const)),
    errors: all.filter(hasClass('govuk-error-summary')).flatMap(readErrors),
  };
}

function readErrors(summary: Element): { text: string; field: string }[] {
  const links = [...elementsOf(summary)].filter(({ tagName }) => tagName === 'a');
  return links.map((link) => ({ text: oneLine(link), field: attribute(link, 'href')?.slice(1) ?? '' }));
}

function readForm(form: Element): Form {
  const controls = [...elementsOf(form)].filter(isControl);
  const named = controls.flatMap((control) => {
    const name = attribute(control, 'name');
    return name === undefined || attribute(control, 'disabled') !== undefined ? [] : [{ name, control }];
  });
  return {
    method: attribute(form, 'method')?.toLowerCase() === 'post' ? 'POST' : 'GET',
    action: attribute(form, 'action'),
    values: named.flatMap(({ name, control }) => valuesOf(control).map((value) => [name, value] as const)),
    names: new Set(named.map(({ name }) => name)),
  };
}

const isControl: Matches = ({ tagName }) => ['input', 'textarea', 'select'].includes(tagName);

function valuesOf(control: Element): readonly string[] {
  if (control.tagName === 'textarea') return [textOf(control)];
  if (control.tagName === 'select') return selectedOf(control);
  const type = attribute(control, 'type')?.toLowerCase() ?? 'text';
  if (type === 'submit' || type === 'button') return [];
  const isChoice = type === 'radio' || type === 'checkbox';
  return isChoice && attribute(control, 'checked') === undefined ? [] : [attribute(control, 'value') ?? ''];
}

function selectedOf(select: Element): readonly string[] {
  const options = [...elementsOf(select)].filter(({ tagName }) => tagName === 'option');
  const chosen = options.find((option) => attribute(option, 'selected') !== undefined) ?? options[0];
  return chosen ? [attribute(chosen, 'value') ?? textOf(chosen)] : [];
}

const hasClass =
  (name: string): Matches =>
  (element) =>
    (attribute(element, 'class') ?? '').split(/\s+/).includes(name);

const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((candidate) => candidate.name === name)?.value;

function* elementsOf(node: Node): Iterable<Element> {
  if (!('childNodes' in node)) return;
  for (const child of node.childNodes) {
    if (tree.isElementNode(child)) yield child;
    yield* elementsOf(child);
  }
}

function textOf(node: Node): string {
  if (tree.isTextNode(node)) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

const oneLine = (element: Element | undefined): string =>
  element ? textOf(element).replace(/\s+/g, ' ').trim() : '';
