import type { ArchiveDocument } from '#domain/documents/document.ts';
import { emailAddressSchema, oneLine } from '#domain/shared/text.ts';
import type { StaffAccounts } from '#domain/staff/ports.ts';
import type { FieldError } from '../../forms/form.ts';

/** Reads who is reminded to review a document: an account in use, or the one that it was. */
export const readOwner = async (
  staff: Pick<StaffAccounts, 'find'>,
  typed: string,
  { owner }: Pick<ArchiveDocument, 'owner'>,
): Promise<{ readonly email: string } | { readonly error: FieldError }> => {
  const address = emailAddressSchema.safeParse(oneLine(typed));
  if (!address.success) return { error: { field: 'owner', key: 'editDocument.owner.wrong' } };
  if (address.data === owner) return { email: owner };
  const account = await staff.find(address.data);
  return account?.status === 'active'
    ? { email: account.email }
    : { error: { field: 'owner', key: 'editDocument.owner.noAccount', values: { address: address.data } } };
};
