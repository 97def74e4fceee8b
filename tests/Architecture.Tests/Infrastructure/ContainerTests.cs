using System.Text.RegularExpressions;
using k8s.Models;

namespace Distributed.Architecture.Tests.Infrastructure;

/// <summary>Containers are pinned, run as nobody in particular, write where they may, and are reached from where they should.</summary>
public sealed partial class ContainerTests
{
    [Fact]
    public void Every_image_is_pinned()
    {
        foreach (var (name, service) in InfraFiles.Services) Assert.True(IsPinned(InfraFiles.Text(service, "image")!), $"compose, {name}");
        var kustomized = (YamlDotNet.RepresentationModel.YamlMappingNode)InfraFiles.Yaml(Path.Combine(InfraFiles.Root, "kubernetes", "base", "kustomization.yaml")).Single();
        var tags = ((YamlDotNet.RepresentationModel.YamlSequenceNode)kustomized.Children["images"]).OfType<YamlDotNet.RepresentationModel.YamlMappingNode>()
            .ToDictionary(image => InfraFiles.Text(image, "name")!, image => InfraFiles.Text(image, "newTag"));
        foreach (var container in InfraFiles.Deployments.SelectMany(one => one.Spec.Template.Spec.Containers)) Assert.True(IsPinned($"{container.Image}:{tags[container.Image]}"), container.Image);
        var bases = BaseImage().Matches(InfraFiles.Dockerfile).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(2, bases.Count);
        Assert.All(bases, image => Assert.True(IsPinned(image), image));
        Assert.All(From().Matches(InfraFiles.Dockerfile), from => Assert.Contains(from.Groups[1].Value, (string[])["${SDK_IMAGE}", "${RUNTIME_IMAGE}", "base"]));
    }

    [Fact]
    public void Nothing_runs_as_root_or_may_become_it()
    {
        string runtime = InfraFiles.Dockerfile[InfraFiles.Dockerfile.IndexOf("AS base", StringComparison.Ordinal)..];
        Assert.Equal("1654:1654", Assert.Single(User().Matches(runtime)).Groups[1].Value);
        foreach (var deployment in InfraFiles.Deployments)
        {
            var pod = deployment.Spec.Template.Spec;
            Assert.True(pod.SecurityContext.RunAsNonRoot, deployment.Metadata.Name);
            Assert.Equal((1654, "RuntimeDefault"), (pod.SecurityContext.RunAsUser, pod.SecurityContext.SeccompProfile.Type));
            Assert.False(pod.AutomountServiceAccountToken);
            foreach (var security in pod.Containers.Select(container => container.SecurityContext))
            {
                Assert.False(security.AllowPrivilegeEscalation);
                Assert.True(security.ReadOnlyRootFilesystem);
                Assert.Equal(["ALL"], security.Capabilities.Drop);
            }
        }

        foreach (var (name, service) in InfraFiles.Services)
        {
            Assert.Equal(["ALL"], InfraFiles.List(service, "cap_drop"));
            Assert.Contains("no-new-privileges:true", InfraFiles.List(service, "security_opt"));
            Assert.True(InfraFiles.Text(service, "read_only") == "true", name);
        }
    }

    [Fact]
    public void Compose_publishes_on_loopback_only() => Assert.All(
        InfraFiles.Services.SelectMany(service => InfraFiles.List(service.Node, "ports")), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));

    [Fact]
    public void What_compose_mounts_is_there()
    {
        var declared = InfraFiles.Child(InfraFiles.Compose, "volumes")!.Children.Keys.Select(key => key.ToString()).ToHashSet();
        foreach (string source in InfraFiles.Services.SelectMany(service => InfraFiles.List(service.Node, "volumes")).Select(volume => volume.Split(':')[0]))
        {
            if (source.StartsWith('.')) Assert.True(Path.Exists(Path.Combine(InfraFiles.Root, source)), source);
            else Assert.Contains(source, declared);
        }
    }

    [Fact]
    public void Silos_have_time_to_leave_and_are_never_taken_all_at_once()
    {
        foreach (string silo in (string[])["control", "worker"])
        {
            var pod = InfraFiles.Deployments.Single(one => one.Metadata.Name == silo).Spec.Template.Spec;
            int drain = int.Parse(InfraFiles.Settings["DISTRIBUTED__DRAINLIMIT"].TrimEnd('s'));
            Assert.True(pod.TerminationGracePeriodSeconds >= drain + 20, $"{silo} is killed before it has left");
            Assert.Equal("/health/live", pod.Containers.Single().LivenessProbe.HttpGet.Path);
            Assert.Equal("/health/ready", pod.Containers.Single().ReadinessProbe.HttpGet.Path);
            Assert.Single(InfraFiles.Manifests.OfType<V1PodDisruptionBudget>(), budget => budget.Spec.Selector.MatchLabels["app.kubernetes.io/name"] == silo);
        }
    }

    [Fact]
    public void Workers_ask_for_a_gpu_and_a_node_that_has_one()
    {
        var pod = InfraFiles.Deployments.Single(one => one.Metadata.Name == "worker").Spec.Template.Spec;
        Assert.Equal("1", pod.Containers.Single().Resources.Limits["nvidia.com/gpu"].ToString());
        Assert.Equal("nvidia", pod.NodeSelector["accelerator"]);
        Assert.Contains("nodeLabels: { accelerator: 'nvidia' }", File.ReadAllText(Path.Combine(InfraFiles.Root, "azure", "main.bicep")), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_not_allowed_is_forbidden_on_the_network()
    {
        var policies = InfraFiles.Manifests.OfType<V1NetworkPolicy>().ToList();
        var all = policies.Single(policy => policy.Metadata.Name == "nothing-else").Spec;
        Assert.Equal(["Ingress", "Egress"], all.PolicyTypes);
        Assert.True(all.PodSelector.MatchLabels is null or { Count: 0 });
        Assert.True(all.Ingress is null or { Count: 0 } && all.Egress is null or { Count: 0 });
        Assert.Contains(policies.SelectMany(policy => policy.Spec.Egress ?? []).SelectMany(rule => rule.To ?? []), peer => peer.IpBlock?.Except?.Contains("169.254.0.0/16") == true);
    }

    private static bool IsPinned(string image) => Pinned().IsMatch(image) && !image.EndsWith(":latest", StringComparison.Ordinal);

    [GeneratedRegex(@"^[a-z0-9./-]+:v?[0-9]+\.[0-9]+[A-Za-z0-9.-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pinned();

    [GeneratedRegex(@"^ARG [A-Z]+_IMAGE=(\S+)$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex BaseImage();

    [GeneratedRegex(@"^FROM (\S+) AS", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex From();

    [GeneratedRegex(@"^USER (\S+)$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex User();
}
