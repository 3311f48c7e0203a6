#!/bin/sh
# crypto-js 4.2.0 (npm): AES in CTR mode differs from everybody else's once the counter's last 32 bits have run over.
#
# In CTR mode the counter is the whole block of 128 bits (NIST SP 800-38A; OpenSSL and Node.js count so). crypto-js adds
# one to the last word alone and drops the carry. With a random iv this is met seldom: the first blocks of a text agree,
# and those behind the run-over do not, so that a server decrypts the beginning of a message and finds noise behind it.
# Here the last word of the iv is ffffffff: the first block is the same on both sides, the others are not.
#
# Seen: what stands below as `expected`. Ends with 0 as long as it is so, with 1 and the difference when it is not.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent crypto-js@4.2.0 >"$folder/npm" 2>&1 || { cat "$folder/npm"; exit 2; }

cat >"$folder/expected" <<'EXPECTED'
iv ends with 00000000: block 1 same, block 2 same, block 3 same
iv ends with ffffffff: block 1 same, block 2 other, block 3 other
EXPECTED

cat >"$folder/program.cjs" <<'PROGRAM'
const CryptoJS = require('crypto-js')
const { createCipheriv } = require('crypto')

const key = '00112233445566778899aabbccddeeff'
const hex = CryptoJS.enc.Hex.parse
const blocks = text => [0, 1, 2].map(index => text.slice(32 * index, 32 * index + 32))

for (const end of ['00000000', 'ffffffff']) {
  const iv = '000000000000000000000000' + end
  const how = { iv: hex(iv), mode: CryptoJS.mode.CTR, padding: CryptoJS.pad.NoPadding }
  const one = CryptoJS.AES.encrypt(hex('00'.repeat(48)), hex(key), how).ciphertext.toString()
  const cipher = createCipheriv('aes-128-ctr', Buffer.from(key, 'hex'), Buffer.from(iv, 'hex'))
  const other = blocks(cipher.update(Buffer.alloc(48)).toString('hex'))
  const told = blocks(one).map((block, index) => `block ${index + 1} ${block === other[index] ? 'same' : 'other'}`)
  console.log(`iv ends with ${end}: ${told.join(', ')}`)
}
PROGRAM

node "$folder/program.cjs" >"$folder/seen"
diff "$folder/expected" "$folder/seen" || exit 1
cat "$folder/seen"
