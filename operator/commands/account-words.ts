/** Why something was not done to an account or a unit, for whoever works with the tool. */
const sentences: Readonly<Record<string, string>> = {
  AccountUnknown: 'there is no account with this address.',
  AccountThere: 'there is an account with this address already.',
  LastAdmin: 'nobody else looks after accounts. Give somebody else the role admin first.',
  OtherState: 'the account is in another state (see: folkmoot user show).',
  UnitUnknown: 'there is no such unit. Add it first (folkmoot unit set).',
  UnitThere: 'there is a unit of this name already.',
  HeadUnknown: 'whoever is named as its head has no account in use.',
  ChangedMeanwhile: 'somebody else changed it at the same moment. Try again.',
};

export const sentenceOf = ({ name }: { readonly name: string }): string => sentences[name] ?? name;

export const dryRunNote = (dryRun: true | undefined): string =>
  dryRun ? ' (dry run: nothing was stored)' : '';
