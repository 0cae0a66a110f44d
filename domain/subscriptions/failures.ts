/** Nothing was chosen to hear about. */
export class TopicMissing {
  readonly name = 'TopicMissing';
}

/** Some of these areas never were, or newer ones have taken their place. */
export class AreasUnknown {
  readonly name = 'AreasUnknown';
}

/** More areas than one subscription can hold (`MAX_AREAS`). */
export class TooManyAreas {
  readonly name = 'TooManyAreas';
}

/** What a link stood for was confirmed long ago, has ended, or never was. */
export class LinkEnded {
  readonly name = 'LinkEnded';
}

/** Somebody has no subscription (any more). */
export class NotSubscribed {
  readonly name = 'NotSubscribed';
}
