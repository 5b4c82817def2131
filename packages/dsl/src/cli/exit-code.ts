/** 0 fine, 1 a policy is at fault, 2 usage or a file that could not be read or written. */
export type ExitCode = 0 | 1 | 2;
