// What the tests' own harness declares, as far as it is here: the names that the port is to know. What they do stands
// in harness.py, which the ported tests import in this module's place.
export const assert = given()
export const compareArray = given()
export const asyncTest = given()
export const $DONE = given()
export const $DONOTEVALUATE = given()
export class Test262Error extends Error {}
