import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Entry {
  payload: AdapterPayload;
  /** Milliseconds of the machine's clock, which is the one that the provider itself goes by */
  expiresAt: number;
}

const SWEEP_AT = 1_000;

/** Where the issuer keeps sessions, codes and tokens: in memory. After a restart everybody signs in again. */
export function createAdapterFactory(): (model: string) => Adapter {
  const stores = new Map<string, Map<string, Entry>>();
  return (model) => {
    const store = stores.get(model) ?? new Map<string, Entry>();
    stores.set(model, store);
    return createAdapter(store, stores);
  };
}

function createAdapter(store: Map<string, Entry>, stores: Map<string, Map<string, Entry>>): Adapter {
  const find = async (id: string) => {
    const entry = store.get(id);
    return entry && entry.expiresAt > Date.now() ? entry.payload : undefined;
  };
  const findBy = async (key: 'uid' | 'userCode', value: string) => {
    const [id] = [...store].find(([, { payload }]) => payload[key] === value) ?? [];
    return id === undefined ? undefined : find(id);
  };
  return {
    find,
    findByUid: (uid) => findBy('uid', uid),
    findByUserCode: (userCode) => findBy('userCode', userCode),
    upsert: async (id, payload, expiresIn = Number.POSITIVE_INFINITY) => {
      if (store.size >= SWEEP_AT) sweep(store);
      store.set(id, { payload, expiresAt: Date.now() + expiresIn * 1000 });
    },
    consume: async (id) => {
      const entry = store.get(id);
      if (entry) entry.payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => {
      store.delete(id);
    },
    revokeByGrantId: async (grantId) => {
      for (const [id, entry] of [...stores.values()].flatMap((other) => [...other])) {
        if (entry.payload.grantId === grantId) for (const other of stores.values()) other.delete(id);
      }
    },
  };
}

function sweep(store: Map<string, Entry>): void {
  const now = Date.now();
  for (const [id, { expiresAt }] of store) if (expiresAt <= now) store.delete(id);
}
