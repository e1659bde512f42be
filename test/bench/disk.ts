// A disk of its own for a browser's profile, whose power can be cut: ext4 in a file, shut down without flushing. Linux, root.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SIZE = 600 * 2 ** 20; // bytes, of which few are written

// EXT4_IOC_SHUTDOWN = _IOR('X', 125, __u32) with EXT4_GOING_FLAGS_NOLOGFLUSH = 2, https://docs.kernel.org/filesystems/ext4/
const SHUTDOWN = `sysopen(my $disk, $ARGV[0], 0) or die $!; my $how = pack("I", 2); ioctl($disk, 0x8004587d, $how) or die $!;`;

const run = (program: string, ...args: string[]) => execFileSync(program, args, { encoding: 'utf8' });

export function openDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'chatstone-disk-'));
  const image = join(folder, 'image');
  const path = join(folder, 'mounted');
  /** The processes of a browser that was killed may take a moment to let go. */
  const unmount = (tries = 20) => {
    try {
      run('umount', path);
    } catch (error) {
      if (!tries) throw error;
      run('sleep', '0.2');
      unmount(tries - 1);
    }
  };
  const mount = () => run('mount', '-o', 'loop', image, path);
  writeFileSync(image, '');
  truncateSync(image, SIZE);
  mkdirSync(path);
  run('mkfs.ext4', '-q', '-F', image);
  mount();
  return {
    path,
    /** All that was written until now is on the disk. */
    sync: () => run('sync', '-f', path),
    /** What is not on the disk is gone; then the machine starts again. */
    cut() {
      run('perl', '-e', SHUTDOWN, path);
      unmount();
      mount(); // ext4 replays its journal
    },
    close() {
      unmount();
      rmSync(folder, { recursive: true });
    },
  };
}

export type Disk = ReturnType<typeof openDisk>;
