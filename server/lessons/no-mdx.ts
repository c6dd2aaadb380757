/** Why a text cannot be read as MDX, in an author's words. */

export interface Complaint {
  readonly line: number;
  readonly sentence: string;
}

/** @param error of the parser: it says where it stands, or only in its words where a tag was opened. */
export const whyNoMdx = (error: unknown): Complaint => {
  const reason = error instanceof Error ? error.message : '';
  const line = error instanceof Error && 'line' in error ? Number(error.line ?? 1) : 1;
  const opened = /closing tag for `<(?<tag>[^`>]*)>` \((?<line>\d+):/.exec(reason)?.groups;
  if (opened !== undefined) return { line: Number(opened.line), sentence: unclosed(opened.tag) };
  if (reason.startsWith('Unexpected closing slash')) return { line, sentence: NEVER_OPENED };
  return { line, sentence: UNREADABLE };
};

const unclosed = (tag = ''): string =>
  `여기에서 연 <${tag}> 태그가 닫히지 않았습니다. 내용 뒤에 </${tag}> 태그를 적고, 내용이 없는 태그라면 <${tag} /> 꼴로 적습니다`;

const NEVER_OPENED = '닫는 태그의 짝이 되는 여는 태그가 앞에 없습니다';

const UNREADABLE =
  'MDX로 읽을 수 없습니다. 이 줄과 그 앞에서 태그, 중괄호, 따옴표가 짝이 맞는지 보아 주세요';
