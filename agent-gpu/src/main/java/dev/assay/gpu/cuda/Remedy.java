package dev.assay.gpu.cuda;

/** What the owner of a device does about an error. */
public enum Remedy {
  /** Something on the host has to be changed; the error's sentence names it. */
  FIX,
  /** The same may succeed later. */
  RETRY,
  /** The device or this program is faulty: nothing more is asked of it until someone has looked. */
  STOP
}
