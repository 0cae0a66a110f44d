export const configurationSet = 'folkmoot-test';

/** One configuration set whose mail is told of in full, and one of which only bounces are. */
export const mailEvents = {
  region: 'eu-west-2',
  accountId: '000000000000',
  destinations: [
    { configurationSet, eventTypes: ['send', 'delivery', 'bounce', 'complaint'] },
    { configurationSet: 'only-bounces', eventTypes: ['bounce'] },
  ],
};
