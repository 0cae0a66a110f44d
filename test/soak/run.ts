import { soakMail } from './mail-soak.ts';

/**
 * npm run soak:mail [-- seed ...]: 10,000 recipients, 200 workers that die at a random call, 10 % of deliveries twice,
 * 5 % throttled, 1 % time-outs after SES has the mail. Three seeds when none is given.
 */
const given = process.argv.slice(2).map(Number);
const recipients = Number(process.env.FOLKMOOT_SOAK_RECIPIENTS || 10_000);
const seeds = given.length > 0 ? given : [1, 2, 3].map((step) => (Date.now() % 1_000_000) + step);

for (const seed of seeds) {
  const report = await soakMail({ seed, recipients, kills: Math.round(recipients / 50), rate: 400 });
  const { duplicates, lost, disagreements, ...rest } = report;
  console.log(
    JSON.stringify({
      ...rest,
      duplicates: duplicates.length,
      lost: lost.length,
      disagreements: disagreements.length,
      first: disagreements.slice(0, 5),
    }),
  );
  const isSound = duplicates.length + lost.length + disagreements.length === 0 && report.status === 'sent';
  if (!isSound) process.exitCode = 1;
}
