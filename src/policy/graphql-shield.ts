/**
 * The one door to graphql-shield and graphql-middleware.
 *
 * graphql-shield calls `util.isUndefined`, which Node 23 removed: it is put back before either is loaded. Both come through one
 * `createRequire`, for two copies (ESM and CommonJS) break the library's own instanceof checks.
 */
import { createRequire } from 'node:module';
import type * as Middleware from 'graphql-middleware';
import type * as Shield from 'graphql-shield';

const require = createRequire(import.meta.url);
const util = require('node:util') as { isUndefined?: (value: unknown) => boolean };
util.isUndefined ??= (value) => value === undefined;

export const { rule, shield, deny, allow, and, or, race, not } = require('graphql-shield') as typeof Shield;
export const { applyMiddleware } = require('graphql-middleware') as typeof Middleware;
