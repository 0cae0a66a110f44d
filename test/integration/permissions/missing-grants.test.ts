import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addDays } from '#domain/shared/days.ts';
import { isWorkingDay } from '#domain/shared/working-days.ts';
import { waitFor } from '#test/support/laptop.ts';
import { openProduct, type ProductLaptop } from '#test/support/product-laptop.ts';
import { leaveOwn } from '../support/steps.ts';
import { startWithout, type Weakened } from './without-grants.ts';

/*
 * A line that is missing in the CDK shows on a laptop as it would in an account: the journey that needs it fails, and
 * the message says who may not do what to which resource.
 */

/** Six o'clock on the next working day: at weekends there is no digest. */
const nextMorning = (now: string): string => {
  let day = addDays(now.slice(0, 10), 1);
  while (!isWorkingDay(day)) day = addDays(day, 1);
  return `${day}T06:00:00Z`;
};

const complaints: string[] = [];
const complaintAbout = (name: string, action: string): string | undefined =>
  complaints.find((line) => line.includes(`/folkmoot-laptop-${name} `) && line.includes(`: ${action} on`));

const start = async (...grants: Parameters<typeof startWithout>[0]) => {
  const weakened = await startWithout(grants);
  const product = openProduct(weakened.dataDir);
  const ground = await product.addBorough('Weakham', ['Loose End']);
  return { weakened, product, ground, ward: ground.wards[0]?.code ?? '' };
};

beforeAll(() => {
  vi.spyOn(console, 'error').mockImplementation((line) => complaints.push(String(line)));
});
afterAll(() => vi.restoreAllMocks());

describe('without a grant that writing needs', () => {
  let weakened: Weakened;
  let product: ProductLaptop;
  let ward: string;

  beforeAll(async () => {
    ({ weakened, product, ward } = await start(
      ['public-web', 'dynamodb:PutItem'],
      ['staff-web', 'dynamodb:GetItem'],
      ['mail-area-digests', 'dynamodb:Query'],
    ));
  });
  afterAll(() => weakened.close());

  it('public-web shows the ward, and a priority cannot be left', async () => {
    const person = product.visitor();
    expect((await person.open(`/areas/${ward}`)).status).toBe(200);
    expect((await person.open(`/areas/${ward}/priorities/new`)).status).toBe(500);
    expect(complaintAbout('public-web', 'dynamodb:PutItem')).toMatch(
      /^refused {2}User: arn:aws:sts::\d{12}:assumed-role\/\S+\/folkmoot-laptop-public-web is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:eu-west-2:\d{12}:table\/\S+ because no identity-based policy allows the dynamodb:PutItem action$/,
    );
  });

  it('staff-web cannot sign anybody in', async () => {
    await expect(product.session('coordinator@folkmoot.example')).rejects.toThrow(/50\d/);
    expect(complaintAbout('staff-web', 'dynamodb:GetItem')).toContain('is not authorized to perform');
  });

  it('mail-area-digests fails, and its event lies among those that were missed', async () => {
    await product.clock(nextMorning(await product.clock()));
    const { status, result } = await product.run('mail-area-digests');
    expect(status).toBe('error');
    expect(result).toMatchObject({ errorType: 'AccessDeniedException' });
    expect(complaintAbout('mail-area-digests', 'dynamodb:Query')).toContain('is not authorized to perform');
  });
});

describe('without a grant that mailing needs', () => {
  it('send-mail leaves the message in its queue, and the laptop says why', async () => {
    const { weakened, product, ground, ward } = await start(['send-mail', 'ses:SendRawEmail']);
    const email = ground.address('resident');
    await leaveOwn(product.visitor(), ward, { text: 'A bench', email });
    await waitFor(() => complaintAbout('send-mail', 'ses:SendRawEmail'), Boolean);
    expect(complaintAbout('send-mail', 'ses:SendRawEmail')).toMatch(
      / on resource: arn:aws:ses:\S+:identity\/\S+ /,
    );
    expect(await product.mail(email)).toEqual([]);
    await weakened.close();
  });

  it('a worker that may not read its queue is not deployed at all', async () => {
    await expect(startWithout([['send-mail', 'sqs:ReceiveMessage']])).rejects.toThrow(
      /^send-mail cannot be deployed: its role cannot read the queue folkmoot-laptop-mail\. User: .* is not authorized to perform: sqs:ReceiveMessage on resource: /,
    );
  });
});
