import type { ArchiveDocument } from '#domain/documents/document.ts';
import { mayKeep } from '#domain/documents/reach.ts';
import { emailAddressSchema, oneLine } from '#domain/shared/text.ts';
import type { StaffAccounts } from '#domain/staff/ports.ts';
import type { StaffAccount } from '#domain/staff/staff.ts';
import type { FieldError } from '../../forms/form.ts';

/** Who cannot open a document cannot review it, and would learn its title from the reminder. */
const canKeep = (
  { email, post, roles, unit }: StaffAccount,
  document: Pick<ArchiveDocument, 'unit'>,
): boolean => mayKeep({ email, post, roles, unit: { id: unit, name: unit }, areas: [] }, document);

/** Reads who is reminded to review a document: an account in use that may keep it, or the one that it was. */
export const readOwner = async (
  staff: Pick<StaffAccounts, 'find'>,
  typed: string,
  document: Pick<ArchiveDocument, 'owner' | 'unit'>,
): Promise<{ readonly email: string } | { readonly error: FieldError }> => {
  const address = emailAddressSchema.safeParse(oneLine(typed));
  if (!address.success) return { error: { field: 'owner', key: 'editDocument.owner.wrong' } };
  if (address.data === document.owner) return { email: document.owner };
  const account = await staff.find(address.data);
  const values = { address: address.data };
  if (account?.status !== 'active')
    return { error: { field: 'owner', key: 'editDocument.owner.noAccount', values } };
  return canKeep(account, document)
    ? { email: account.email }
    : { error: { field: 'owner', key: 'editDocument.owner.mayNot', values } };
};
