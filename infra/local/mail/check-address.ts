import { invalidParameter } from './ses-error.ts';

/** RFC 5321, 4.5.3.1: a local part has at most 64 octets; SES takes at most 320 for the whole address. */
const MAX_LOCAL_PART = 64;
const MAX_ADDRESS = 320;
const IN_BRACKETS = /<([^<>]*)>\s*$/;
const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LOCAL_PART = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`);
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const DOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})+$`);

/**
 * The bare address of one envelope entry (`a@b.example` or `Name <a@b.example>`).
 * Throws what SES answers to a malformed one. As SES does, takes ASCII only before the `@`.
 */
export function checkAddress(entry: string): string {
  if (hasControlCharacter(entry)) throw invalidParameter('Address contains control characters');
  const address = IN_BRACKETS.exec(entry)?.[1] ?? entry.trim();
  const at = address.lastIndexOf('@');
  if (at < 0) throw invalidParameter("Missing final '@domain'");
  const local = address.slice(0, at);
  if (local.length > MAX_LOCAL_PART || address.length > MAX_ADDRESS)
    throw invalidParameter('Address is too long');
  if (!LOCAL_PART.test(local)) throw invalidParameter('Local part of the address is not valid');
  if (!DOMAIN.test(address.slice(at + 1))) throw invalidParameter('Domain of the address is not valid');
  return address;
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\u007f');
}
