"""What of test262, the tests of JavaScript, holds for its programs when they are ported."""
