/** Family names of two characters; a longer list would not change what is hidden, only how much. */
const doubleFamilyNames = [
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '司徒',
  '夏侯',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '令狐',
  '长孙',
];

/**
 * A person's name as a board may show it 脱敏: the family name, the rest covered. Neighbours still know whom to ask; a search engine does not.
 *
 * @example maskName('王小明') // => '王**'
 */
export const maskName = (name: string): string => {
  const characters = [...name.trim()];
  const shown = characters.length > 2 && doubleFamilyNames.includes(characters.slice(0, 2).join('')) ? 2 : 1;
  return characters.map((character, at) => (at < shown && characters.length > 1 ? character : '*')).join('');
};
