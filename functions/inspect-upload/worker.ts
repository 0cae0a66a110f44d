import { answerInWorker } from '#adapters/inspection/answer-in-worker.ts';

await answerInWorker();
