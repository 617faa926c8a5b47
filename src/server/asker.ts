import type { Principal } from '../policy/access.js';

/** Who a request is counted and recorded for. A gateway is known by itself only where what it forwards is refused. */
export type Asker = Principal | { readonly kind: 'gateway'; readonly name: string; readonly department: string };
