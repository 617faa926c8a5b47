/** What a test imports from `@jest/globals`: always those of the file that is being run. */
let current;

export function setCurrentGlobals(globals) {
  current = globals;
}

function ofCurrent(name) {
  return new Proxy(() => undefined, {
    apply: (_target, _this, args) => current[name](...args),
    get: (_target, property) => current[name][property],
  });
}

export const afterAll = ofCurrent('afterAll');
export const afterEach = ofCurrent('afterEach');
export const beforeAll = ofCurrent('beforeAll');
export const beforeEach = ofCurrent('beforeEach');
export const describe = ofCurrent('describe');
export const expect = ofCurrent('expect');
export const it = ofCurrent('it');
export const jest = ofCurrent('jest');
export const test = ofCurrent('test');
