import { type DescribePorts, describeUpload, findAlike } from './describe-upload.ts';
import { downloadFile } from './download-file.ts';
import {
  editDocument,
  explainWithdrawal,
  restoreDocument,
  reviewDocument,
  withdrawDocument,
} from './keep-document.ts';
import { type PermitPorts, permitUpload } from './permit-upload.ts';
import type { Downloads } from './ports.ts';

type DeedPorts = DescribePorts & PermitPorts & { readonly downloads: Downloads };

/** Everything that staff do with files on their way into the archive, and with what is in it. */
export const documentDeeds = (ports: DeedPorts) => ({
  permit: permitUpload(ports),
  describe: describeUpload(ports),
  findAlike: findAlike(ports),
  edit: editDocument(ports),
  review: reviewDocument(ports),
  withdraw: withdrawDocument(ports),
  explainWithdrawal: explainWithdrawal(ports),
  restore: restoreDocument(ports),
  download: downloadFile(ports),
});

export type DocumentDeeds = ReturnType<typeof documentDeeds>;
