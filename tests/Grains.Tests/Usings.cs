global using Distributed.Contracts;
global using Distributed.StubSilo;
global using Distributed.Sweeps;
