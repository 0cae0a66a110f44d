import { DynamoDeliveries } from '#adapters/dynamo/deliveries.ts';
import { DynamoOutbox } from '#adapters/dynamo/outbox.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { SesPostman } from '#adapters/ses/postman.ts';
import { systemClock as clock } from '#adapters/system/clock.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import { mailRenderer } from '#web/mail/render-mail.ts';
import { english } from '#web/render/translate.ts';
import type { Config } from './config.ts';

export const container = ({ tableName, publicUrl, site, sender, configurationSet }: Config) => {
  const table = new Table(tableName);
  const renderMail = mailRenderer(site, english, publicUrl);
  return {
    outbox: new DynamoOutbox(table),
    deliveries: new DynamoDeliveries(table),
    postman: new SesPostman(
      { sender: { name: site.organisation, address: sender }, configurationSet },
      clock,
    ),
    render: renderMail,
    clock,
    log,
  };
};
