// The addresses on which a process listens for TCP, as Linux's /proc tells.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const listening = '0A';
const mappedIpv4 = '0000000000000000FFFF0000';
const loopbackIpv6 = '00000000000000000000000001000000';

/** An IPv6 address other than `::1` is given as the kernel's hexadecimal. */
export function listeningHosts(pid: number): string[] {
  const sockets = new Set(readdirSync(`/proc/${pid}/fd`).flatMap((fd) => socketInode(`/proc/${pid}/fd/${fd}`)));
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(({ 3: state, 9: inode }) => state === listening && inode !== undefined && sockets.has(inode))
      .map(({ 1: local = '' }) => hostOf(local.split(':')[0] ?? '')),
  );
}

function socketInode(link: string): string[] {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(link))?.slice(1) ?? [];
  } catch {
    return []; // closed since the folder was read
  }
}

function hostOf(hex: string): string {
  if (hex === loopbackIpv6) return '::1';
  const ipv4 = hex.startsWith(mappedIpv4) ? hex.slice(mappedIpv4.length) : hex;
  return ipv4.length === 8 ? [...Buffer.from(ipv4, 'hex')].reverse().join('.') : hex;
}
