// More than the processors, since most tests wait for a server rather than compute.
[assembly: LevelOfParallelism(4)]
