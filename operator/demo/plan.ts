import type { ActionPriority } from '#domain/actions/action.ts';
import type { Standing } from '#domain/actions/record-progress.ts';
import type { Actor } from '#domain/staff/actor.ts';
import { coordinator, decider, leadOfficer, practitioner } from './accounts.ts';

/** An action of the demonstration's plan. Days are counted from today, so that some are always late. */
export interface DemoAction {
  readonly key: string;
  readonly theme: string;
  readonly objective: string;
  readonly text: string;
  readonly lead: Actor | string;
  /** Due in so many days (negative: that long ago); a text as officers write it; or both. */
  readonly due: number | string;
  readonly measures: readonly string[];
  readonly priority: ActionPriority;
  /** In pounds. */
  readonly budget: number | null;
  readonly commitment: string;
  readonly reports: readonly {
    readonly daysAgo: number;
    readonly standing: Standing;
    readonly text: string;
  }[];
}

const promise = {
  answer: 'Promise 1: everybody who asks gets an answer',
  roads: 'Promise 2: safer streets around schools',
  young: 'Promise 3: young people are heard',
};

const report = (daysAgo: number, standing: Standing, text: string) => ({ daysAgo, standing, text });

/** What an authority might want to do in a year. */
export const demoActions: readonly DemoAction[] = [
  {
    ...{ key: 'answer-in-time', theme: 'Being heard', objective: 'People learn what came of what they said' },
    text: 'Answer nine in ten messages about local priorities within 72 hours',
    lead: practitioner,
    due: 'Ongoing',
    measures: ['Answered within 72 hours (target: 90%)'],
    ...{ priority: 'very-high', budget: null, commitment: promise.answer },
    reports: [
      report(95, 'amber', 'Two teams were short of staff in the holidays. Cover is agreed for next time.'),
      report(20, 'green', 'All teams answer in time again.'),
    ],
  },
  {
    ...{ key: 'easy-read', theme: 'Being heard', objective: 'Nobody is kept out by how we write' },
    text: 'Have the ward pages checked by people with learning disabilities, and mend what they find',
    lead: coordinator,
    due: 25,
    measures: ['Pages checked (target: 20)', 'Findings mended (target: all)'],
    ...{ priority: 'high', budget: 6_500, commitment: promise.answer },
    reports: [report(40, 'green', 'The group has met twice and looked at twelve pages.')],
  },
  {
    ...{ key: 'street-meetings', theme: 'Being heard', objective: 'Local teams are known' },
    text: 'Hold a street meeting in every ward of Camden',
    lead: practitioner,
    due: -9,
    measures: ['Wards with a meeting (target: 20)'],
    ...{ priority: 'high', budget: 4_000, commitment: '' },
    reports: [report(50, 'green', 'Fourteen wards are done, and the dates of three more are fixed.')],
  },
  {
    ...{ key: 'school-streets', theme: 'Roads', objective: 'Fewer people are hurt on the way to school' },
    text: 'Agree with each council which school streets get checks in the morning',
    lead: leadOfficer,
    due: -21,
    measures: ['Councils that have agreed (target: 4)'],
    ...{ priority: 'very-high', budget: 18_000, commitment: promise.roads },
    reports: [report(70, 'amber', 'Two councils have agreed; two want to wait for their budget.')],
  },
  {
    ...{ key: 'speed-watch', theme: 'Roads', objective: 'Fewer people are hurt on the way to school' },
    text: 'Train volunteers for community speed watch, and lend out the equipment',
    lead: leadOfficer,
    due: 12,
    measures: ['Volunteers trained (target: 60)'],
    ...{ priority: 'medium', budget: 9_250, commitment: promise.roads },
    reports: [report(15, 'green', 'Forty-one volunteers are trained.')],
  },
  {
    ...{ key: 'e-bikes', theme: 'Roads', objective: 'Roads feel safe at night' },
    text: 'Report on what works against illegal electric motorcycles',
    lead: 'Roads policing analyst',
    due: 60,
    measures: [],
    ...{ priority: 'low', budget: null, commitment: '' },
    reports: [],
  },
  {
    ...{ key: 'school-councils', theme: 'Young people', objective: 'Young people shape local priorities' },
    text: 'Meet every school council, and put what they say on the ward pages',
    lead: practitioner,
    due: 120,
    measures: ['School councils met (target: 12)'],
    ...{ priority: 'high', budget: 3_000, commitment: promise.young },
    reports: [report(30, 'green', 'Five councils have been met. Lighting and bicycles come up everywhere.')],
  },
  {
    ...{ key: 'stop-search', theme: 'Young people', objective: 'Young people trust what we do' },
    text: 'Publish how stop and search is used in each ward, with a young panel that comments on it',
    lead: decider,
    due: 4,
    measures: ['Wards published (target: 20)'],
    ...{ priority: 'very-high', budget: 11_000, commitment: promise.young },
    reports: [
      report(80, 'red', 'The figures of three wards were wrong, and everything had to be counted again.'),
      report(35, 'amber', 'The figures are right now. The panel has not met yet.'),
    ],
  },
  {
    ...{ key: 'cadets', theme: 'Young people', objective: 'Young people trust what we do' },
    text: 'Double the places for volunteer cadets',
    lead: decider,
    due: -45,
    measures: ['Places (target: 80)'],
    ...{ priority: 'medium', budget: 22_000, commitment: '' },
    reports: [
      report(100, 'amber', 'Premises are found.'),
      report(48, 'complete', 'There are 84 places, and a waiting list of eleven.'),
    ],
  },
];
