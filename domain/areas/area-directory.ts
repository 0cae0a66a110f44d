import type { Area, AreaCode, LocalTeam } from './area.ts';

/** All areas at one moment, with the questions that pages ask of them. */
export class AreaDirectory {
  readonly #areas: ReadonlyMap<AreaCode, Area>;

  constructor(areas: readonly Area[]) {
    this.#areas = new Map(areas.map((area) => [area.code, area]));
  }

  find(code: AreaCode): Area | null {
    return this.#areas.get(code) ?? null;
  }

  all(): readonly Area[] {
    return [...this.#areas.values()];
  }

  /** The boroughs of today, by name. */
  boroughs(): readonly Area[] {
    return this.#current((area) => area.kind === 'borough');
  }

  /** The wards of a borough of today, by name. */
  wardsOf(borough: AreaCode): readonly Area[] {
    return this.#current((area) => area.borough === borough);
  }

  boroughOf(area: Area): Area | null {
    return area.borough === null ? area : this.find(area.borough);
  }

  /** Who answers for an area: its own team, or its borough's. */
  teamOf(area: Area): LocalTeam | null {
    return area.team ?? this.boroughOf(area)?.team ?? null;
  }

  #current(wanted: (area: Area) => boolean): readonly Area[] {
    return this.all()
      .filter((area) => area.superseded === null && wanted(area))
      .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }
}
