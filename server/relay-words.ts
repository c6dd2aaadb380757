/** Why there is no hub at the other end: what a participant can do about it. */
export const relay = {
  noAddress: '수업 서버의 주소를 알 수 없습니다. 페이지를 새로 고쳐 주세요.',
  refused: '수업 서버가 연결을 거절했습니다. 수업 주소가 맞는지 강사에게 확인해 주세요.',
  otherToken:
    '수업 서버가 이 강사 토큰을 받지 않습니다. 다른 수업이 열렸다면 npm run workshop이 새로 출력한 Ready: 줄의 주소를 수업 참가 페이지의 ‘수업 주소’에 붙여 넣어 주세요.',
  readable:
    '강사의 토큰은 이 컴퓨터(127.0.0.1)나 https 주소로만 보냅니다. 다른 컴퓨터의 수업 서버라면 --tls-cert와 --tls-key로 열어 주세요.',
  full: '수업 서버에 연결한 페이지가 너무 많습니다. 쓰지 않는 수업 페이지를 닫아 주세요.',
  noHub: '그 주소에는 수업 서버가 없습니다. 주소와 포트를 강사의 화면과 비교해 주세요.',
  closed:
    '그 주소에서 아무도 듣고 있지 않습니다. 수업 서버가 켜져 있는지, 포트가 맞는지 확인해 주세요.',
  unreachable:
    '그 주소에 닿지 못했습니다. 강사와 같은 네트워크(Wi-Fi)에 있는지, 방화벽이 막고 있지 않은지 확인해 주세요.',
  unknownName: '그런 이름의 컴퓨터를 찾지 못했습니다. 주소를 다시 확인해 주세요.',
  untrusted:
    '수업 서버의 인증서를 믿을 수 없어 연결하지 않았습니다. 강사에게 알려 주세요. 자체 인증서라면 NODE_EXTRA_CA_CERTS에 그 파일을 적고 npm start를 다시 실행하면 됩니다.',
  /** @param address by which it was called. */
  nowSecure: (address: string) =>
    `이 수업 서버는 이제 ${address}처럼 https로 답하지만, 이 주소로는 인증서를 믿을 수 없어 연결하지 않았습니다. 강사 화면의 주소로 다시 참가해 주세요. 자체 인증서라면 NODE_EXTRA_CA_CERTS에 그 파일을 적고 npm start를 다시 실행해야 합니다.`,
  /** What speaks there has no certificate. */
  notSecure:
    '그 주소는 https로 답하지 않습니다. 강사 화면의 주소가 http://로 시작한다면 그 주소로 다시 참가해 주세요.',
} as const;

const BY_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: relay.closed,
  ENOTFOUND: relay.unknownName,
  EAI_AGAIN: relay.unknownName,
  // It speaks something else, or another version of it.
  ECONNRESET: relay.noHub,
  EPROTO: relay.noHub,
};

/** OpenSSL's words for a certificate, as Node hands them on. */
const CERTIFICATE = /CERT|SIGNATURE|SELF_SIGNED|ISSUER/;

/** The same, for an answer that is none of TLS. */
const NO_TLS =
  /wrong version number|WRONG_VERSION_NUMBER|packet length too long|PACKET_LENGTH_TOO_LONG/;

export const refusalOf = ({ code = '', message }: NodeJS.ErrnoException): string => {
  if (NO_TLS.test(`${code} ${message}`)) return relay.notSecure;
  const known = BY_CODE[code];
  if (known !== undefined) return known;
  if (CERTIFICATE.test(code)) return relay.untrusted;
  // What was answered is no handshake.
  if (code.startsWith('HPE_') || /socket hang up|Sec-WebSocket|Upgrade/i.test(message))
    return relay.noHub;
  return relay.unreachable;
};
