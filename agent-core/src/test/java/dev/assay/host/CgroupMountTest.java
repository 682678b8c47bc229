package dev.assay.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CgroupMountTest {
  private static List<CgroupMount> mounts(String groups, String mountinfo) {
    TreeMap<String, Raw> reads = new TreeMap<>();
    reads.put("proc/self/cgroup", new Raw.Content(groups));
    reads.put("proc/self/mountinfo", new Raw.Content(mountinfo));
    return CgroupMount.ofThisProcess(new RawHost(reads, Set.of(), Set.of()));
  }

  private static final String V2 = "29 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw";

  @Test
  void theOwnGroupAndThoseAboveItAreFound() {
    CgroupMount mount = mounts("0::/a/b", V2).getFirst();

    assertThat(mount.directory()).isEqualTo("sys/fs/cgroup/a/b");
    assertThat(mount.directoriesUpwards())
        .containsExactly("sys/fs/cgroup/a/b", "sys/fs/cgroup/a", "sys/fs/cgroup");
  }

  @Test
  void inANamespaceTheMountPointIsTheOwnGroup() {
    assertThat(mounts("0::/", V2).getFirst().directoriesUpwards()).containsExactly("sys/fs/cgroup");
  }

  @Test
  void aGroupOutsideTheNamespaceIsNotFollowedOutOfTheMount() {
    assertThat(mounts("0::/../../other", V2).getFirst().directory()).isEqualTo("sys/fs/cgroup");
  }

  @Test
  void aMountThatShowsAPartOfTheHierarchyIsThatPart() {
    String part = "35 31 0:32 /docker/1 /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory";

    assertThat(mounts("4:memory:/docker/1/x", part).getFirst().directory())
        .isEqualTo("sys/fs/cgroup/memory/x");
    assertThat(mounts("4:memory:/elsewhere", part).getFirst().directory())
        .isEqualTo("sys/fs/cgroup/memory");
  }

  @Test
  void linesOfOtherFormsAreLeftOut() {
    assertThat(mounts("rubbish\n1:name=systemd:/\n", "1 2 3\n- cgroup2\n" + V2)).isEmpty();
  }
}
