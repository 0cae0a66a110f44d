import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDeliveries } from '#adapters/dynamo/deliveries.ts';
import { keyOfRecipient } from '#adapters/dynamo/keys.ts';
import { DynamoOutbox } from '#adapters/dynamo/outbox.ts';
import { DynamoPace } from '#adapters/dynamo/pace.ts';
import { Table } from '#adapters/dynamo/table.ts';
import { connect, SesPostman } from '#adapters/ses/postman.ts';
import { SesSendingQuota } from '#adapters/ses/sending-quota.ts';
import { systemClock as clock } from '#adapters/system/clock.ts';
import { systemLog as log } from '#adapters/system/log.ts';
import { mailLanguages } from '#web/mail/mail-language.ts';
import { mailRenderer } from '#web/mail/render-mail.ts';
import type { Config } from './config.ts';

export const container = ({ tableName, publicUrl, site, sender, configurationSet }: Config) => {
  const table = new Table(tableName);
  const ses = connect();
  const renderMail = mailRenderer(site, mailLanguages, publicUrl);
  return {
    outbox: new DynamoOutbox(table),
    deliveries: new DynamoDeliveries(table),
    postman: new SesPostman(
      { sender: { name: site.organisation, address: sender }, configurationSet },
      clock,
      ses,
    ),
    pace: new DynamoPace(table, new SesSendingQuota(ses, clock), clock),
    keyOfRecipient,
    wait,
    render: renderMail,
    clock,
    log,
  };
};
