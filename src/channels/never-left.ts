/** Node's codes for connections that were never made: no such name, nobody there, a certificate that is not trusted. */
const NEVER_LEFT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|ENETDOWN|EPROTO|CERT_|ERR_TLS_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/;

/** Whether a request that failed with this code surely did not arrive: sending it again makes no second one. */
export function neverLeft(code: string): boolean {
  return NEVER_LEFT.test(code);
}
