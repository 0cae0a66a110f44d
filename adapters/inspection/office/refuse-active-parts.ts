import { refuse } from '../refused.ts';
import type { Zip } from '../zip/open-zip.ts';
import type { ContentTypes } from './content-types.ts';
import { partOfRelationships, type Relationship, readRelationships } from './relationships.ts';

/** Parts that run or hold what runs, whatever their type says. */
const ACTIVE_NAME =
  /vbaproject|vbadata|(?:^|\/)(?:activex|macrosheets|dialogsheets|webextensions)\/|\.(?:ocx|docm|xlsm|pptm|dotm|xlam|xll)$/i;

const ACTIVE_TYPE = /macroenabled|vbaproject|vbadata|macrosheet|dialogsheet|activex|oleobject|webextension/;

/** How parts refer to what runs: macros, controls, objects, and files of other kinds that open inside. */
const ACTIVE_KIND =
  /^(?:vbaProject|wordVbaData|xlMacrosheet|xlIntlMacrosheet|control|activeXControlBinary|oleObject|aFChunk|subDocument|webextension|webextensiontaskpanes|attachedToolbars)$/i;

/** What may lie outside: where readers choose to go, pictures and sounds that are shown, other workbooks. */
const HARMLESS_OUTSIDE = /^(?:hyperlink|image|audio|video|media|externalLinkPath|xlExternalLinkPath)$/i;

const HARMFUL_ADDRESS = /^\s*(?:javascript|vbscript|data|mhtml|its|ms-[a-z-]+|search-ms|shell|res|jar):/i;

/** A share on another machine, to which Windows would show who is signed in. */
const SHARE = /^\s*(?:file:)?(?:\\\\|\/\/)/i;

const checkOutside = ({ kind, target }: Relationship): void => {
  // What it is called is somebody's word, and the log holds no words of files.
  if (!HARMLESS_OUTSIDE.test(kind)) refuse('active-content', 'external part');
  if (HARMFUL_ADDRESS.test(target)) refuse('active-content', 'address');
  if (/^(?:image|audio|video|media)$/i.test(kind) && SHARE.test(target))
    refuse('active-content', 'picture on a share');
};

/** Refuses macros, controls, objects, embedded files, and templates and objects that would be fetched. */
export const refuseActiveParts = (zip: Zip, types: ContentTypes): void => {
  if (zip.names.some((name) => ACTIVE_NAME.test(name))) refuse('active-content', 'active part');
  if ([...types.all].some((type) => ACTIVE_TYPE.test(type))) refuse('active-content', 'active part');
  for (const name of zip.names.filter((each) => /\.rels$/i.test(each)))
    for (const relationship of readRelationships(zip, partOfRelationships(name))) {
      if (ACTIVE_KIND.test(relationship.kind)) refuse('active-content', 'active part');
      if (relationship.isExternal) checkOutside(relationship);
    }
};
