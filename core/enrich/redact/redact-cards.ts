/** ISO/IEC 7812: 13 to 19 digits, the first 2 to 6 for cards of payment; single blanks or dashes between groups. */
const CANDIDATE = /(?<![\d.-])[2-6]\d{2,5}(?:[ -]?\d{2,6}){2,5}(?![\d.]|-\d)/g;
const MIN_DIGITS = 13;
const MAX_DIGITS = 19;

/** A text with card numbers that pass the Luhn check redacted. */
export function redactCards(text: string): string {
  if (text.length < MIN_DIGITS) return text;
  return text.replace(CANDIDATE, (candidate) => (isCard(candidate) ? "[card]" : candidate));
}

function isCard(candidate: string): boolean {
  const digits = candidate.replace(/[ -]/g, "");
  return digits.length >= MIN_DIGITS && digits.length <= MAX_DIGITS && passesLuhn(digits);
}

/** From the right every second digit counts double, its own digits added; the sum is a multiple of ten. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
