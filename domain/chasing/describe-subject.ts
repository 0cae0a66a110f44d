import type { ActionPlans, Actions } from '../actions/ports.ts';
import type { Areas } from '../areas/ports.ts';
import type { Documents, Uploads } from '../documents/ports.ts';
import type { Submissions } from '../priorities/ports.ts';
import { remember } from '../shared/remember.ts';
import { oneLine, shorten } from '../shared/text.ts';
import type { DescribeSubject, Subject } from './ports.ts';

export interface DescribeSubjectPorts {
  readonly actions: Pick<Actions, 'find'>;
  readonly actionPlans: Pick<ActionPlans, 'find'>;
  readonly submissions: Pick<Submissions, 'find'>;
  readonly areas: Pick<Areas, 'find'>;
  readonly documents: Pick<Documents, 'find'>;
  readonly uploads: Pick<Uploads, 'find'>;
}

/** Characters of the text of an action by which people know it again. */
const TITLE = 160;

/**
 * Names actions by their text and plan, documents by their title, files by their name, and what somebody has left by its
 * reference and area.
 */
export const describeSubject = ({
  actions,
  actionPlans,
  submissions,
  areas,
  documents,
  uploads,
}: DescribeSubjectPorts): DescribeSubject => {
  const planTitle = remember(
    async (id: string) => (await actionPlans.find(id))?.title ?? null,
    (id) => id,
  );
  const aboutAction = async (id: string): Promise<Subject | null> => {
    const action = await actions.find(id);
    if (!action) return null;
    const title = shorten(oneLine(action.text), TITLE);
    return { title, within: await planTitle(action.plan), leads: action.leads.map(({ name }) => name) };
  };
  const aboutSubmission = async (id: string): Promise<Subject | null> => {
    const submission = await submissions.find(id);
    if (!submission) return null;
    const area = await areas.find(submission.area);
    return { title: submission.reference, within: area?.name ?? submission.area, leads: [] };
  };
  const aboutDocument = async (id: string): Promise<Subject | null> => {
    const document = await documents.find(id);
    return document && { title: shorten(oneLine(document.title), TITLE), within: null, leads: [] };
  };
  const aboutUpload = async (id: string): Promise<Subject | null> => {
    const upload = await uploads.find(id);
    return upload && { title: shorten(oneLine(upload.name), TITLE), within: null, leads: [] };
  };
  // What decisions and promised feedback are about comes with these features.
  return async ({ kind, subject }) => {
    if (kind === 'answer') return aboutSubmission(subject);
    if (kind === 'upload') return aboutUpload(subject);
    return kind === 'document' ? aboutDocument(subject) : aboutAction(subject);
  };
};
