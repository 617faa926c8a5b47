/** The one entry: whatever is typed after `citygraph` or started by npm. */
import 'reflect-metadata';
import { runCommandLine } from './command-line/command-line.js';

process.exitCode = await runCommandLine(process.argv);
