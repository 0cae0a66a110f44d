import { follow, press, see, seeErrors, seeHeading, type Walk } from './walk.ts';

/** Somebody who looks into what was done. */
export const readAuditTrail: Walk = {
  name: 'audit trail',
  as: 'auditor@folkmoot.example',
  walk: async ({ page, show }) => {
    await page.goto('/staff/audit');
    await seeHeading(page, 'Audit trail');
    await show('audit trail');
    for (const details of await page.locator('details').all()) await details.locator('summary').click();
    await show('audit trail, every entry opened');
    await page.fill('#deed', 'change priority');
    await page.fill('#kind', 'priority');
    await press(page, 'Search');
    await see(page, 'change priority');
    await show('audit trail, filtered');
    await page.fill('#from', 'last week');
    await press(page, 'Search');
    await seeErrors(page, { from: 'Enter the first day as a date, such as 22/11/2026' });
    await show('audit trail, a day that is none');
    await page.goto('/staff/audit?deed=nothing+like+this');
    await see(page, 'Nothing was recorded in these days that matches.');
    await show('audit trail, nothing found');
    await page.goto('/staff/audit?deed=nothing+like+this&from=01/01/2020');
    await see(page, 'Nothing found back to');
    await show('audit trail, nothing found yet');
    await page.goto('/staff/audit');
    await follow(page, 'Download as CSV');
    await seeHeading(page, 'Download the audit trail');
    await show('audit trail, download');
    await page.goto('/staff/audit/export?deed=nothing+like+this&from=01/01/2020');
    await seeHeading(page, 'Download the audit trail');
    await show('audit trail, download of nothing');
  },
};
