//: whole("a.b/c.b &amp; d\ne\tf, g, é")
//: untyped("x-y-z")
//: odd("a$b")
// What a pattern finds is one text: Python replaces it, and splits by it, as JavaScript does.
export function whole(text: string) {
  return [
    text.replace(/&amp;/g, '&'), text.replace(/b/, 'B'), text.replace(/\//g, '-'), text.replace(/\./g, ''),
    text.replace(/\n/g, '<br>'), text.replace(/\t/, ' '), text.replaceAll(/b/g, 'é'), text.replaceAll('b', ''),
    text.replace('b', ''), text.replace(/é/g, '∀'), text.split(/, /), text.split(/\//), text.split(/,/g),
  ]
}

export function untyped(text) {
  text = text.replace(/-/g, '+')
  return [text, text.split(/[+]/), text.split('+')]
}

// These find more than one text, or say something of what was found.
export function odd(text: string) {
  return [
    text.replace(/a|b/g, 'x'), text.replace(/A/gi, 'x'), text.replace(/a/g, '$&$&'), text.replace(/b/, '$$'),
    text.replace(/./g, '.'), text.replace(/\w/, '-'), text.replace(/^a/, ''), text.replace(/b$/m, ''),
    text.replace(/\$/g, 'S'), text.replace(/a{1}/, ''), text.replace(/(?:)/, '!'), text.split(/(b)/), text.split(/\s/),
  ]
}
