import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const noEnvironment = {
  object: 'process',
  property: 'env',
  message: 'src/config.ts alone reads the environment; take a value of Config.',
};

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Name the export: one word for one idea, the same everywhere.',
};

/** What a rejected promise says must not be dropped on the way: this is how an audit starts to fail open. */
const noSwallowedRejection = {
  selector:
    "CallExpression[callee.property.name='catch'] > ArrowFunctionExpression[body.type=/^(Literal|ArrayExpression|ObjectExpression|Identifier)$/]",
  message: 'Handle the rejection or let it pass; a constant in its place hides it.',
};

const emptyRejectionHandler = {
  selector: "CallExpression[callee.property.name='catch'] > ArrowFunctionExpression > BlockStatement[body.length=0]",
  message: 'Handle the rejection or let it pass; an empty handler hides it.',
};

export default defineConfig(
  globalIgnores(['node_modules/', 'dist/', 'schema/', 'coverage/', '.data/', '**/generated/']),
  js.configs.recommended,
  {
    files: ['**/*.mjs'],
    languageOptions: {
      ecmaVersion: 2024,
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'performance',
          'URL',
          'fetch',
          'AbortSignal',
          'Buffer',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      /* Leaves files with decorators alone: emitDecoratorMetadata needs the imported values at run time. */
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      /* An async function without await keeps an interface, and turns what it throws into a rejection. */
      '@typescript-eslint/require-await': 'off',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-restricted-syntax': ['error', noSwallowedRejection, emptyRejectionHandler],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-properties': ['error', noEnvironment],
      'no-restricted-syntax': ['error', noSwallowedRejection, emptyRejectionHandler, noDefaultExport],
    },
  },
  {
    /* A test reads answers as they come, JSON of any shape, and holds on to rejections in order to look at them. */
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'no-restricted-syntax': ['error', emptyRejectionHandler],
    },
  },
  { files: ['src/command-line/**/*.ts'], rules: { 'no-console': 'off' } },
  { files: ['src/config.ts'], rules: { 'no-restricted-properties': 'off' } },
);
