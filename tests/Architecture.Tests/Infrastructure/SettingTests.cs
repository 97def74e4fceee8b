using System.Text.RegularExpressions;
using Distributed.Membership;
using k8s.Models;

namespace Distributed.Architecture.Tests.Infrastructure;

/// <summary>infra/ sets what there is to set, alike everywhere, and no secret.</summary>
public sealed partial class SettingTests
{
    [Fact]
    public void Every_setting_that_is_named_exists()
    {
        var files = Directory.EnumerateFiles(InfraFiles.Root, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".yaml" or "" or ".bicep").ToList();
        var named = files.SelectMany(file => Named().Matches(File.ReadAllText(file)).Select(match => (Path.GetFileName(file), match.Value))).ToList();
        Assert.True(named.Count > 20, $"only {named.Count} are named");
        Assert.All(named, one => Assert.True(IsKnown(one.Value), $"{one.Item1} names {one.Value}, which is no setting"));
    }

    [Fact]
    public void A_secret_stands_nowhere_but_is_asked_for_or_referred_to()
    {
        foreach (var (name, service) in InfraFiles.Services)
        {
            foreach (var (key, value) in InfraFiles.Environment(service).Where(pair => IsSecret(pair.Key)))
                Assert.True(value.Contains(":?", StringComparison.Ordinal), $"compose, {name}: {key} must be demanded: ${{NAME:?reason}}");
        }

        Assert.Empty(InfraFiles.Manifests.OfType<V1Secret>());
        Assert.DoesNotContain(InfraFiles.Settings.Keys, IsSecret);
        foreach (var variable in Containers().SelectMany(container => container.Env ?? []).Where(variable => IsSecret(variable.Name)))
            Assert.True(variable.Value is null && variable.ValueFrom?.SecretKeyRef is not null, $"{variable.Name} must come from a secret");
        foreach (string line in File.ReadLines(Path.Combine(InfraFiles.Root, ".env.example")).Where(line => IsSecret(line.Split('=')[0])))
            Assert.EndsWith("=", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_silos_of_compose_and_of_kubernetes_get_what_they_cannot_do_without()
    {
        string[] needed = ["ROLE", "SLOTS", "STORE", "LISTEN__ADDRESS", "CLUSTER__MEMBERSHIP", "CLUSTER__CONNECTIONSTRING", "CLUSTER__SECRET"];
        foreach (string silo in (string[])["control", "worker"])
        {
            var compose = InfraFiles.Environment(InfraFiles.Services.Single(service => service.Name == silo).Node).Keys;
            var pod = InfraFiles.Settings.Keys.Concat(Container(silo).Env.Select(variable => variable.Name)).ToList();
            foreach (string setting in needed.Select(name => $"DISTRIBUTED__{name}"))
            {
                Assert.Contains(setting, compose);
                Assert.Contains(setting, pod);
            }
        }
    }

    [Fact]
    public void Ports_agree_between_settings_containers_probes_policies_and_images()
    {
        var ports = (Silo: Setting("SILOPORT"), Gateway: Setting("GATEWAYPORT"), Health: Setting("HEALTHPORT"));
        Assert.Equal([ports.Silo, ports.Gateway, ports.Health], Container("control").Ports.Select(port => port.ContainerPort));
        Assert.Equal([ports.Silo, ports.Health], Container("worker").Ports.Select(port => port.ContainerPort));
        foreach (string silo in (string[])["control", "worker"])
        {
            foreach (var probe in (V1Probe[])[Container(silo).LivenessProbe, Container(silo).ReadinessProbe, Container(silo).StartupProbe])
                Assert.Equal("health", probe.HttpGet.Port.ToString());
            var environment = InfraFiles.Environment(InfraFiles.Services.Single(service => service.Name == silo).Node);
            Assert.Equal($"{ports.Silo}", environment["DISTRIBUTED__LISTEN__SILOPORT"]);
            Assert.Equal($"{ports.Health}", environment["DISTRIBUTED__LISTEN__HEALTHPORT"]);
            Assert.Contains($"/{ports.Health} ", InfraFiles.List(InfraFiles.Child(InfraFiles.Services.Single(service => service.Name == silo).Node, "healthcheck")!, "test")[^1], StringComparison.Ordinal);
        }

        Assert.Contains($"EXPOSE {ports.Silo} {ports.Gateway} {ports.Health}\n", InfraFiles.Dockerfile, StringComparison.Ordinal);
        var allowed = InfraFiles.Manifests.OfType<V1NetworkPolicy>().SelectMany(policy => policy.Spec.Ingress ?? []).SelectMany(rule => rule.Ports).Select(port => int.Parse(port.Port.ToString()));
        Assert.Equal([8080, ports.Health, ports.Silo, ports.Gateway], allowed.Distinct().Order());
        Assert.Equal(8080, Container("dashboard").Ports.Single().ContainerPort);
    }

    private static int Setting(string port) => int.Parse(InfraFiles.Settings[$"DISTRIBUTED__LISTEN__{port}"]);

    private static V1Container Container(string deployment) =>
        InfraFiles.Deployments.Single(one => one.Metadata.Name == deployment).Spec.Template.Spec.Containers.Single();

    private static IEnumerable<V1Container> Containers() => InfraFiles.Deployments.SelectMany(one => one.Spec.Template.Spec.Containers);

    private static bool IsKnown(string variable) => variable.StartsWith("DISTRIBUTED__", StringComparison.Ordinal)
        ? SettingKeys.All.Any(key => Variable(key) == variable)
        : SettingKeys.Variables.Any(key => key.Name == variable);

    private static bool IsSecret(string variable) =>
        SettingKeys.All.Any(key => key.IsSecret && Variable(key) == variable)
        || variable.Contains("PASSWORD", StringComparison.Ordinal) || variable.Contains("SECRET", StringComparison.Ordinal) || variable.Contains("TOKEN", StringComparison.Ordinal);

    private static string Variable(SettingKey key) => $"DISTRIBUTED__{key.Name.ToUpperInvariant().Replace(":", "__", StringComparison.Ordinal)}";

    [GeneratedRegex("DISTRIBUTED_[A-Z_]+[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
