import { prioritiesPriority } from '#build/templates/priorities/priority.njk.js';
import type { Area } from '#domain/areas/area.ts';
import { view } from '../render/render.ts';
import type { PriorityShown } from './show-priority.ts';

export const priorityView = view<{ priority: PriorityShown; area: Area; open: boolean }>(prioritiesPriority);
