import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';

/** A place that a request may go to: the address is settled, so that a name cannot answer something else a moment later. */
export interface CheckedAddress {
  readonly url: URL;
  readonly address: string;
  readonly family: 4 | 6;
}

/** Why an address is not asked, in words. */
export class AddressRefused extends Error {}

/** Networks of the operator's own that may be asked although they are not public, e.g. `10.1.0.0/16`; throws on one that is none. */
export const readNetworks = (list: readonly string[]): readonly [ipaddr.IPv4 | ipaddr.IPv6, number][] =>
  list.map((one) => {
    if (!ipaddr.isValidCIDR(one)) throw new RangeError(`${one}: a network such as 10.1.0.0/16 is needed`);
    return ipaddr.parseCIDR(one);
  });

const isIn = (address: ipaddr.IPv4 | ipaddr.IPv6, networks: ReturnType<typeof readNetworks>): boolean =>
  networks.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits));

/** Names are asked of the system; a test brings its own answers. */
export type Resolve = (host: string) => Promise<readonly string[]>;
const resolveName: Resolve = async (host) => (await lookup(host, { all: true })).map((one) => one.address);

/**
 * Settles where a request goes 外联地址检查. Every address that the name has must be public, or in one of the operator's `networks`; only there may
 * it go without TLS. Throws `AddressRefused` in words: a server that asks whatever address somebody types in reaches what only it can reach.
 */
export const checkAddress = async (
  text: string,
  networks: readonly string[],
  resolve: Resolve = resolveName,
): Promise<CheckedAddress> => {
  if (!URL.canParse(text)) throw new AddressRefused('网址写得不对');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new AddressRefused('网址要以 https:// 开头');
  if (url.username !== '' || url.password !== '') throw new AddressRefused('网址里不能写用户名和密码');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = ipaddr.isValid(host) ? [host] : await resolve(host).catch(() => []);
  const own = readNetworks(networks);
  const addresses = found.map((one) => ipaddr.process(one));
  const [first] = addresses;
  if (first === undefined) throw new AddressRefused(`找不到主机 ${host}`);
  for (const address of addresses) {
    if (isIn(address, own)) continue;
    if (address.range() !== 'unicast')
      throw new AddressRefused(`${host} 指向内部地址 ${address.toString()}，没有列入允许的网段`);
    if (url.protocol !== 'https:') throw new AddressRefused('公网地址必须用 https://');
  }
  return { url, address: first.toString(), family: first.kind() === 'ipv4' ? 4 : 6 };
};
