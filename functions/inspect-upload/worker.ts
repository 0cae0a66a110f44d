import { answerInCell } from '#adapters/inspection/answer-in-cell.ts';

answerInCell();
