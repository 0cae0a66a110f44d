/** How many words a piece of text shows, and how many of them before the first that was found. */
const WORDS = 30;
const BEFORE = 8;
/** Places that are looked at: the best of the first thousands is good enough. */
const MOST_PLACES = 4_000;

/** A part of a text, by the numbers of its words; `last` is inside. */
export interface Window {
  readonly first: number;
  readonly last: number;
}

/** Where one thing that is wanted stands in a text, and how much it matters to show it. */
export interface Places {
  readonly positions: ArrayLike<number>;
  readonly weight: number;
}

interface Place {
  readonly position: number;
  readonly of: number;
}

/**
 * The piece that shows the most of what was wanted, and another one where that shows something that the first does
 * not; in the order of the text.
 */
export const chooseWindows = (wanted: readonly Places[]): Window[] => {
  const places = wanted
    .flatMap(({ positions }, of) =>
      Array.from({ length: Math.min(positions.length, MOST_PLACES) }, (_, at) => ({
        position: positions[at] ?? 0,
        of,
      })),
    )
    .sort((one, other) => one.position - other.position);
  const weights = wanted.map(({ weight }) => weight);
  const best = bestOf(places, weights);
  if (!best) return [];
  const others = places.filter(({ position, of }) => !best.shows.has(of) && !isNear(best, position));
  const second = bestOf(others, weights);
  return [best, ...(second ? [second] : [])]
    .sort((one, other) => one.first - other.first)
    .map(({ first, last }) => ({ first, last }));
};

type Best = Window & { readonly shows: ReadonlySet<number> };

const isNear = ({ first, last }: Window, position: number): boolean =>
  position >= first - WORDS && position <= last + BEFORE;

const bestOf = (places: readonly Place[], weights: readonly number[]): Best | null => {
  const shown = new Shown(weights);
  let best = -1;
  let most = 0;
  let end = 0;
  places.forEach((place, at) => {
    while ((places[end]?.position ?? Number.POSITIVE_INFINITY) < place.position + WORDS - BEFORE) {
      shown.add(places[end]);
      end += 1;
    }
    if (best < 0 || shown.worth > most + 1e-9) [best, most] = [at, shown.worth];
    shown.remove(place);
  });
  return best < 0 ? null : windowAt(places, best);
};

/** What a window shows while it slides over a text: each thing counts once, however often it is there. */
class Shown {
  worth = 0;
  readonly #weights: readonly number[];
  readonly #counts: number[];

  constructor(weights: readonly number[]) {
    this.#weights = weights;
    this.#counts = weights.map(() => 0);
  }

  add(place: Place | undefined): void {
    if (place) this.#change(place.of, 1);
  }

  remove(place: Place): void {
    this.#change(place.of, -1);
  }

  #change(of: number, by: number): void {
    const before = this.#counts[of] ?? 0;
    this.#counts[of] = before + by;
    if (before === 0 || before + by === 0) this.worth += by * (this.#weights[of] ?? 0);
  }
}

const windowAt = (places: readonly Place[], at: number): Best => {
  const position = places[at]?.position ?? 0;
  const first = Math.max(0, position - BEFORE);
  const last = first + WORDS - 1;
  const shown = places.filter((place) => place.position >= first && place.position <= last);
  return { first, last, shows: new Set(shown.map(({ of }) => of)) };
};
